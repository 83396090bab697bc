"""Whole texts in templates. `{% load document_pages %}`"""

from __future__ import annotations

from django import template

from documents import pages

register = template.Library()
register.filter("blocks_page", pages.blocks_page)
register.filter("redline_page", pages.redline_page)
register.filter("upload_page", pages.upload_page)
