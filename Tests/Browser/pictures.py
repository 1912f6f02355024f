"""The pictures of the README: small, with few colours, below 60 KB each."""

import io

from PIL import Image

BYTES_MAX = 60_000


def save(png, file):
    """As WebP, as good as fits."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in range(88, 20, -6):
        data = io.BytesIO()
        picture.save(data, "WEBP", quality=quality, method=6)
        if data.tell() < BYTES_MAX:
            file.write_bytes(data.getvalue())
            print(f"  {file}: {data.tell()} bytes")
            return
    raise SystemExit(f"{file} does not fit into {BYTES_MAX} bytes")


def take(browser, origin, decision, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, path, theme, height in (
        ("now", "/", "light", 900), ("decision", decision, "light", 1_100), ("queue", "/queue", "dark", 760)):
        context = browser.new_context(viewport={"width": 1180, "height": height}, color_scheme=theme, java_script_enabled=False)
        page = context.new_page()
        page.goto(origin + path)
        save(page.screenshot(), folder / f"{name}.webp")
        context.close()
