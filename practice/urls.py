"""Addresses of peer practice and its moderation. None says whose, or what about."""

from django.urls import path

from practice.views import moderation, register, talking, writing

app_name = "practice"
urlpatterns = [
    path("practice/", register.register, name="register"),
    path("practice/mine/", register.mine, name="mine"),
    path("practice/rules/", register.house_rules, name="house_rules"),
    path("practice/steering/", register.steering, name="steering"),
    path("practice/new/", writing.start, name="start"),
    path("practice/items/<uuid:item_id>/", register.item, name="item"),
    path("practice/items/<uuid:item_id>/write/<slug:question>/", writing.write, name="write"),
    path("practice/items/<uuid:item_id>/keep/<slug:question>/", writing.keep, name="keep"),
    path("practice/items/<uuid:item_id>/who/", writing.audience, name="audience"),
    path("practice/items/<uuid:item_id>/check/", writing.check, name="check"),
    path("practice/items/<uuid:item_id>/stop/", writing.stop_sharing, name="stop"),
    path("practice/items/<uuid:item_id>/delete/", writing.withdraw, name="withdraw"),
    path("practice/items/<uuid:item_id>/sponsor/", writing.sponsor, name="sponsor"),
    path("practice/items/<uuid:item_id>/seen/", writing.say_seen, name="say_seen"),
    path("practice/items/<uuid:item_id>/reply/", talking.reply, name="reply"),
    path("practice/items/<uuid:item_id>/report/", talking.report_item, name="report_item"),
    path("practice/replies/<uuid:reply_id>/", talking.reply_page, name="reply_page"),
    path("practice/replies/<uuid:reply_id>/delete/", talking.withdraw_reply, name="withdraw_reply"),
    path("practice/replies/<uuid:reply_id>/report/", talking.report_reply, name="report_reply"),
    path("practice/reported/<uuid:report_id>/", talking.reported, name="reported"),
    path("practice/reports/", moderation.reports, name="reports"),
    path("practice/reports/<uuid:report_id>/", moderation.report, name="report"),
    path("practice/reports/<uuid:report_id>/act/", moderation.act, name="act"),
    path("practice/reports/<uuid:report_id>/second/", moderation.second, name="second"),
    path("practice/moderators/", moderation.moderators_page, name="moderators"),
    path("practice/moderators/<int:moderator_id>/end/", moderation.end_moderator, name="end_moderator"),
]
