"""What both admin sites are made of: a gate, lists, forms, all asking the one permission table."""

from accounts.admin_site.forms import ByNumberField, PlainModelForm, row_number
from accounts.admin_site.lists import A_PAGE, PlainFilter
from accounts.admin_site.records import TabledAdmin
from accounts.admin_site.site import GatedAdminSite

__all__ = ["A_PAGE", "ByNumberField", "GatedAdminSite", "PlainFilter", "PlainModelForm", "TabledAdmin", "row_number"]
