"""What kind of file it is, in plain words, by the ending of its name."""

from collections.abc import Mapping

from portalgen.language import Words, message

_IMAGE = message("{name} image")
_ARCHIVE = message("{name} archive")
_DOCUMENT = message("{name} document")
_TABLE = message("{name} spreadsheet")
_SLIDES = message("{name} slides")
_VIDEO = message("{name} video")
_SOUND = message("{name} sound")
_FONT = message("{name} font")

_KINDS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("jpg", "jpeg"), (_IMAGE, "JPEG")),
    **dict.fromkeys(("tif", "tiff"), (_IMAGE, "TIFF")),
    **{name: (_IMAGE, name.upper()) for name in ("png", "gif", "avif", "heic", "svg", "bmp")},
    "webp": (_IMAGE, "WebP"),
    "psd": (_IMAGE, "Photoshop"),
    "ai": (_IMAGE, "Illustrator"),
    "zip": (_ARCHIVE, "ZIP"),
    "7z": (_ARCHIVE, "7z"),
    "rar": (_ARCHIVE, "RAR"),
    **dict.fromkeys(("tar", "tgz"), (_ARCHIVE, "TAR")),
    "gz": (_ARCHIVE, "gzip"),
    **dict.fromkeys(("doc", "docx"), (_DOCUMENT, "Word")),
    **dict.fromkeys(("odt", "ods", "odp"), (_DOCUMENT, "LibreOffice")),
    **dict.fromkeys(("xls", "xlsx"), (_TABLE, "Excel")),
    "csv": (_TABLE, "CSV"),
    **dict.fromkeys(("ppt", "pptx"), (_SLIDES, "PowerPoint")),
    "mp4": (_VIDEO, "MP4"),
    "mov": (_VIDEO, "QuickTime"),
    "webm": (_VIDEO, "WebM"),
    "mp3": (_SOUND, "MP3"),
    "wav": (_SOUND, "WAV"),
    "m4a": (_SOUND, "M4A"),
    **{name: (_FONT, name.upper()) for name in ("ttf", "otf", "woff", "woff2")},
    **dict.fromkeys(("htm", "html"), (message("web page"), "")),
    "txt": (message("plain text"), ""),
    "ics": (message("calendar dates"), ""),
    "pdf": (message("PDF"), ""),
}


def kind_of(words: Words, ending: str) -> str:
    """The kind of a file with that ending, such as "PDF" or "ZIP archive".

    Args:
        ending: in small letters, without the dot; empty for a name that has none.
    """
    if not ending:
        return words.text("file")
    kind, name = _KINDS.get(ending, (message("{name} file"), ending.upper()))
    return words.text(kind, name=name)
