"""核验码: the codes of all pages of a document are worked out together."""

import pytest

from liuhen.documents.codes import page_address, picture, pictures


@pytest.mark.parametrize(
    "site", ["http://gongshi.example.gov.cn/", "http://example.gov.cn/gongshi/", "liuhen:///"]
)
def test_the_codes_of_all_pages_are_those_of_each(site: str) -> None:
    for code in ("8BF1X357J80R5K0P", "ZZZZZZZZZZZZZZZZ"):
        each = [picture(page_address(site, code, page)) for page in range(1, 13)]
        assert pictures(site, code, 12) == each
    assert len(set(each)) == 12
