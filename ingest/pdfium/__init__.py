"""A PDF file → raw pages and page images, by PDFium; the only package that imports pypdfium2."""

from ingest.pdfium.pages import count_pages, draw, open_pdf, read_page, render

__all__ = ["count_pages", "draw", "open_pdf", "read_page", "render"]
