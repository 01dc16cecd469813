"""The web page: views over one index, served by Gradio.

The only package that imports gradio, fastapi and uvicorn: `shell` and `application` do.
"""
