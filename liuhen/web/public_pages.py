"""公示网站上的网页: where a publication stands there now, whatever address the site had when it was put up."""

from django.conf import settings


def public_page(stream: str, address: str) -> str:
    """The page's address today; nothing for what was never put up there (公示栏、平台)."""
    path = f"p/{stream}/"
    return f"{settings.PUBLIC_URL}{path}" if address.endswith(f"/{path}") else ""
