"""The security headers of every page, as a meta element and as a file for the host.

No path stands in them, since a path would name a client.
"""

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "font-src 'self' data:",
        "media-src blob:",
        "connect-src 'self'",
        "frame-src blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types portalgen",
    )
)
"""Content Security Policy (CSP Level 3) with Trusted Types; `frame-ancestors` works in a header
only, so it is added there."""

FILE = "_headers"
"""The file in which Netlify and Cloudflare Pages look for headers."""

HEADERS = (
    ("Content-Security-Policy", f"{CSP}; frame-ancestors 'none'"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("X-Robots-Tag", "noindex, nofollow, noarchive"),
)


def headers_file() -> bytes:
    """The content of `_headers`: the same headers for every path."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in HEADERS), ""]
    return "\n".join(lines).encode()
