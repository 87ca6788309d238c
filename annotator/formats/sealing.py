"""Sealed values: what only who has the article's text can read again.

Notes, titles and names that quote an article may not leave with a stand-off dataset, and cannot be
worked out from the text either. They are enciphered under a key made of the text itself: whoever
has the text opens them, and whoever has not learns their length alone. The tag is the nonce as
well (as in SIV modes), so that sealing twice under one key gives nothing away.
"""

import base64
import hashlib
import hmac

import msgspec

_TAG = 16  # bytes


class Sealer:
    """Seals and opens values under the text of one article."""

    def __init__(self, text: str, salt: str) -> None:
        # not the SHA-256 of the text, which everybody knows
        self._key = hashlib.blake2b(
            text.encode(), key=salt.encode()[:64], person=b"stance-seal"
        ).digest()

    def seal(self, value: object) -> str:
        """Return a value that JSON can hold, sealed, in Base64."""
        plain = msgspec.json.encode(value)
        tag = self._tag(plain)
        return base64.b64encode(tag + self._ciphered(plain, tag)).decode()

    def open(self, sealed: str) -> object | None:
        """Return what was sealed under the same text; None under another, or when it is torn."""
        try:
            data = base64.b64decode(sealed, validate=True)
        except ValueError:
            return None
        tag, body = data[:_TAG], data[_TAG:]
        plain = self._ciphered(body, tag)
        if not hmac.compare_digest(self._tag(plain), tag):
            return None
        found: object = msgspec.json.decode(plain)
        return found

    def _tag(self, plain: bytes) -> bytes:
        return hashlib.blake2b(
            plain, key=self._key, digest_size=_TAG, person=b"stance-tag"
        ).digest()

    def _ciphered(self, body: bytes, tag: bytes) -> bytes:
        stream = hashlib.shake_256(self._key + tag).digest(len(body))
        return bytes(a ^ b for a, b in zip(body, stream, strict=True))
