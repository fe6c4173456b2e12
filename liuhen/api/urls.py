"""Addresses of the interface. Every view here carries its check (`api.person.endpoint`); a guard looks."""

from django.urls import path, register_converter

from liuhen.api import acting, answers, listing, matters, papers, session, uploads
from liuhen.kernel.addresses import DocumentConverter, IdConverter

register_converter(IdConverter, "stream")
register_converter(DocumentConverter, "paper")

urlpatterns = [
    path("v1/session", session.session, name="api-session"),
    path("v1/matters", listing.matters, name="api-matters"),
    path("v1/matters/<stream:stream>", matters.matter, name="api-matter"),
    path("v1/matters/<stream:stream>/acts", acting.of_matter, name="api-acts"),
    path("v1/matters/<stream:stream>/acts/<slug:name>", acting.act, name="api-act-on"),
    path("v1/matters/<stream:stream>/documents", papers.documents, name="api-documents"),
    path("v1/matters/<stream:stream>/documents/<paper:name>", papers.document, name="api-document"),
    path(
        "v1/matters/<stream:stream>/documents/<paper:name>/pdf", papers.document_pdf, name="api-document-pdf"
    ),
    path("v1/acts/<slug:name>", acting.act, name="api-act"),
    path("v1/uploads", uploads.upload, name="api-upload"),
    path("<path:rest>", answers.unknown, name="api-unknown"),
]
