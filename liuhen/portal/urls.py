"""Addresses of the public pages."""

from django.urls import path

from liuhen.portal import views

urlpatterns = [
    path("", views.index, name="portal-index"),
    path("p/<slug:posting>/", views.detail, name="portal-detail"),
    path("p/<slug:posting>/content.json", views.content, name="portal-content"),
    path("during/", views.during, name="portal-during"),
    path("about/", views.about, name="portal-about"),
    path("feed.json", views.feed, name="portal-feed"),
    path("robots.txt", views.robots, name="portal-robots"),
]
