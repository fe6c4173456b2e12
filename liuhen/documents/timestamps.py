"""时间戳 (RFC 3161): asks an authority when a seal was put on. Loaded by `pades` where one is set.

Which authority is the installation's to say (`LIUHEN_TIMESTAMP_URL`); none is asked where none is set.
"""

import asyncio
from http.client import HTTPException
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

from liuhen.documents.seals import SealError

_SECONDS = 10
_ANSWER_MAX = 1_000_000
_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"


class Authority(TimeStamper):
    """时间戳服务 reached over HTTP."""

    def __init__(self, url: str) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise SealError(f"时间戳服务的地址“{url}”应以 http:// 或者 https:// 开头，请系统管理员核对")
        super().__init__()  # type: ignore[no-untyped-call]
        self._url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """What the authority answers. Raises `SealError`."""
        return await asyncio.to_thread(self._answer, req.dump())

    def _answer(self, question: bytes) -> tsp.TimeStampResp:
        asked = Request(self._url, question, {"Content-Type": _QUERY, "Accept": _REPLY})  # noqa: S310 - see above
        try:
            with urlopen(asked, timeout=_SECONDS) as answer:  # noqa: S310
                body = answer.read(_ANSWER_MAX)
            return tsp.TimeStampResp.load(body, strict=True)
        except (URLError, OSError, HTTPException, ValueError) as error:
            raise SealError(
                "时间戳服务没有给出时间戳，没有加盖电子印章：请稍后再试；一直不行的，请系统管理员检查时间戳服务的地址"
            ) from error
