"""Where each address leads. Rooms join here and nowhere else."""

from django.urls import include, path

from accounts.admin import site as platform
from workforce.admin import site as hr

handler400 = "home.errors.bad_request"
handler403 = "home.errors.forbidden"
handler404 = "home.errors.not_found"
handler500 = "home.errors.broken"
handler429 = "home.errors.too_many"  # looked up by allauth

urlpatterns = [
    path("hr/", hr.urls),
    path("platform/", platform.urls),
    path("", include("home.urls")),
    path("help/", include("helplines.urls")),
    path("", include("governance.own_urls")),
    path("", include("governance.interest_urls")),
    path("", include("governance.urls")),
    path("passport/", include("access.urls")),
    path("", include("network.urls")),
    path("", include("taskgroups.urls")),
    path("", include("practice.urls")),
    path("", include("meetings.urls")),
    path("", include("steering.urls")),
    path("", include("accounts.urls")),
    path("", include("notifications.urls")),
]
