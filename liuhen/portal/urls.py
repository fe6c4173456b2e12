"""Addresses of the public pages."""

from django.urls import path

from liuhen.portal import paper_views, views

urlpatterns = [
    path("", views.index, name="portal-index"),
    path("p/<slug:posting>/", views.detail, name="portal-detail"),
    path("p/<slug:posting>/content.json", views.content, name="portal-content"),
    path("p/<slug:posting>/pictures/<slug:digest>.png", views.picture, name="portal-picture"),
    path("during/", views.during, name="portal-during"),
    path("d/", paper_views.ask, name="portal-papers"),
    path("d/<slug:code>/", paper_views.paper, name="portal-paper"),
    path("d/<slug:code>/<int:page>/", paper_views.paper, name="portal-paper-page"),
    path("D/<slug:code>/<int:page>/", paper_views.paper),
    path("about/", views.about, name="portal-about"),
    path("annual/", views.annual, name="portal-annual"),
    path("list.csv", views.table, name="portal-table"),
    path("feed.json", views.feed, name="portal-feed"),
    path("robots.txt", views.robots, name="portal-robots"),
]
