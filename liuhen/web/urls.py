"""Addresses of the officers' site. Every view here carries its check (`web.me.screen`); a guard looks."""

from django.urls import path, register_converter

from liuhen.web.converters import DigestConverter, DocumentConverter, IdConverter
from liuhen.web.views import (
    act,
    agency,
    claims,
    demonstration,
    document,
    dossier,
    files,
    home,
    inspections,
    law_text,
    library,
    lists,
    matter,
    oversight,
    sign,
    uploads,
)

register_converter(IdConverter, "id")
register_converter(DigestConverter, "digest")
register_converter(DocumentConverter, "document")

urlpatterns = [
    path("", home.home, name="home"),
    path("work/<slug:whose>/", home.work, name="work"),
    path("sign-in/", sign.sign_in, name="sign-in"),
    path("sign-out/", sign.sign_out, name="sign-out"),
    path("leads/", lists.leads, name="leads"),
    path("leads/<id:stream>/", matter.lead, name="lead"),
    path("cases/", lists.cases, name="cases"),
    path("cases/<id:stream>/", matter.case, name="case"),
    path("cases/<id:stream>/dossier/", dossier.dossier, name="dossier"),
    path("inspections/", inspections.inspections, name="inspections"),
    path("inspections/<id:stream>/", matter.inspection, name="inspection"),
    path("cases/<id:stream>/claims/<id:key>/", claims.claims, name="claims"),
    path("cases/<id:stream>/claims/<id:key>/csv/", claims.claims_csv, name="claims-csv"),
    path("cases/<id:stream>/claims/<id:key>/sheet/", claims.claims_sheet, name="claims-sheet"),
    path("recordings/", lists.recordings, name="recordings"),
    path("recordings/<id:stream>/", matter.recording, name="recording"),
    path("disclosure/", lists.disclosure, name="disclosure"),
    path("disclosure/<id:stream>/", matter.publication, name="publication"),
    path("do/<slug:name>/", act.act, name="act"),
    path("do/<slug:name>/<id:stream>/", act.act, name="act-on"),
    path("do/<slug:name>/<id:stream>/<int:number>/", act.act, name="correct"),
    path("drafts/<slug:name>/", uploads.draft, name="draft"),
    path("drafts/<slug:name>/<id:stream>/", uploads.draft, name="draft-on"),
    path("drafts/<slug:name>/versions/", uploads.versions, name="draft-versions"),
    path("drafts/<slug:name>/<id:stream>/versions/", uploads.versions, name="draft-versions-on"),
    path("drafts/<slug:name>/<id:stream>/<int:number>/", uploads.draft, name="draft-of"),
    path("drafts/<slug:name>/<id:stream>/<int:number>/versions/", uploads.versions, name="draft-versions-of"),
    path("uploads/", uploads.upload, name="upload"),
    path("files/<id:stream>/<int:number>/<digest:digest>/", files.file, name="file"),
    path("documents/<id:stream>/<document:name>/", document.document, name="document"),
    path("documents/<id:stream>/<document:name>/pdf/", document.document_pdf, name="document-pdf"),
    path("documents/<id:stream>/<document:name>/<int:number>/", document.document_page, name="document-page"),
    path("law/", library.library, name="library"),
    path("law/texts/", law_text.law_text, name="law-text"),
    path("law/measures/<slug:prefix>/", library.measure, name="measure"),
    path("law/articles/<slug:name>/", library.article, name="article"),
    path("oversight/", oversight.overview, name="oversight"),
    path("oversight/<slug:slug>/", oversight.agency, name="oversight-agency"),
    path("oversight/<slug:slug>/list/", oversight.matters, name="oversight-matters"),
    path("oversight/<slug:slug>/<id:stream>/", oversight.matter, name="oversight-matter"),
    path("people/", agency.people, name="people"),
    path("verification/", agency.verification, name="verification"),
    path("settings/", agency.settings, name="settings"),
    path("demonstration/clock/", demonstration.put_forward, name="demonstration-clock"),
]
