"""The few requests that publishing makes to an S3-compatible store, through fsspec."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from reportgen.errors import InputError, PublishError
from reportgen.settings import S3Target

_AT_ONCE = 16
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Bucket:
    """Keys below the prefix of a target; every request stands or fails as a whole."""

    settings: S3Target
    files: Any

    def tags(self, below: str = "") -> Mapping[str, str]:
        """Each key below one, with the entity tag of its content."""
        with self._told():
            self.files.invalidate_cache()
            found = self.files.find(self._path(below).rstrip("/"), detail=True)
        start = len(self._path(""))
        return {path[start:]: str(about["ETag"]) for path, about in found.items()}

    def get(self, key: str) -> bytes:
        """The content of a key."""
        with self._told():
            content: bytes = self.files.cat_file(self._path(key))
        return content

    def put(self, key: str, content: bytes) -> None:
        """Writes a key."""
        with self._told():
            self.files.pipe_file(self._path(key), content)

    def copy(self, source: str, key: str, content_type: str, cache_control: str) -> None:
        """Gives a key the content of another, with headers of its own, within the store."""
        with self._told():
            self.files.cp_file(
                self._path(source),
                self._path(key),
                MetadataDirective="REPLACE",
                ContentType=content_type,
                CacheControl=cache_control,
            )

    def delete(self, key: str) -> None:
        """Deletes a key."""
        with self._told():
            self.files.rm_file(self._path(key))

    def each(self, request: Callable[[Item], None], items: Iterable[Item]) -> None:
        """One request for each item, several at a time; returns when all are done."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for _ in pool.map(request, items):
                pass

    def _path(self, key: str) -> str:
        return (
            "/".join(part for part in (self.settings.bucket, self.settings.prefix) if part)
            + "/"
            + key
        )

    @contextmanager
    def _told(self) -> Iterator[None]:
        from botocore.exceptions import BotoCoreError, NoCredentialsError, PartialCredentialsError

        where = f"s3://{self.settings.bucket}/{self.settings.prefix}"
        try:
            yield
        except FileNotFoundError as error:
            raise PublishError(
                f"is not there ({error})",
                where=where,
                remedy="make the bucket, or correct bucket and endpoint_url in reportgen.toml",
            ) from None
        except (PermissionError, NoCredentialsError, PartialCredentialsError) as error:
            raise PublishError(
                f"the store refuses these credentials ({error})",
                where=where,
                remedy="set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, to those"
                " of someone who may list, read, write and delete there",
            ) from None
        except (OSError, BotoCoreError) as error:
            raise PublishError(
                f"the store did not do as asked ({error})",
                where=where,
                remedy="look at the network and at endpoint_url, then publish again",
            ) from None


def open_bucket(settings: S3Target) -> Bucket:
    """The bucket of a target; InputError when the library for it is not installed."""
    try:
        import s3fs
    except ImportError:
        raise InputError(
            "publishing to object storage needs s3fs, which is not installed",
            remedy="pip install 'reportgen[s3]'",
        ) from None
    del s3fs
    import fsspec

    files = fsspec.filesystem(
        "s3",
        endpoint_url=settings.endpoint_url or None,
        use_listings_cache=False,
    )
    return Bucket(settings, files)
