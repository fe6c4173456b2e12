"""Addresses of the public pages."""

from django.urls import path

from liuhen.portal import views

urlpatterns = [
    path("", views.index, name="portal-index"),
    path("p/<slug:posting>/", views.detail, name="portal-detail"),
    path("about/", views.about, name="portal-about"),
    path("feed.json", views.feed, name="portal-feed"),
    path("robots.txt", views.robots, name="portal-robots"),
]
