"""One file that proves one policy, and the check that it still says what the database says.

`evidence.json` holds everything; `evidence.html` the same to read; `versions/` the words of each closed version, whose
`.json` has the very SHA-256 the version was closed with; `manifest.json` the SHA-256 of each file. Made twice at one
instant it is the same, byte for byte.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from core.said import nhs_when
from documents import markup
from documents.models import Version
from documents.reading import PlacedBlock
from documents.services import canonical
from steering.presenters.evidence import Evidence
from steering.presenters.pdf import published_pdf_of
from steering.presenters.published import PublishedPolicy

MANIFEST = "manifest.json"
#: Every file in the bundle bears this day, so that the bundle depends on what is in it alone.
NO_DAY = (1980, 1, 1, 0, 0, 0)
HOW_TO_CHECK = """What this is

This file holds the evidence for one policy: its versions, who was asked, what people said and what was answered,
who decided, and what became of each message. Start with evidence.html.

How to check it

1. manifest.json gives the SHA-256 of each file. Work it out again with any tool, such as sha256sum.
2. The SHA-256 of versions/0.1.json is the hash that version 0.1 was closed with. So with each version.
3. The ratified version and the published version have the same hash. The same words were published.
"""


def make_bundle(evidence: Evidence, *, made_at: dt.datetime) -> bytes:
    """The ZIP file. Names of those asked and of peers are in it only if `evidence` is named."""
    files = {
        "README.txt": HOW_TO_CHECK.encode(),
        "evidence.json": _json(facts_of(evidence, made_at)),
        "evidence.html": render_to_string(
            "steering/evidence_bundle.html",
            {
                "evidence": evidence,
                "policy": evidence.policy,
                "made": nhs_when(made_at),
                "organisation": settings.ORGANISATION_NAME,
                "fates": evidence.fates,
                "acts": [evidence.act(entry) for entry in evidence.entries],
            },
        ).encode(),
        **_versions(evidence),
    }
    if evidence.publication:
        files["policy.pdf"] = published_pdf_of(PublishedPolicy(evidence.publication))
    files[MANIFEST] = _json(_manifest(files, made_at))
    return _zip(files)


def _versions(evidence: Evidence) -> dict[str, bytes]:
    files = {}
    for proof in evidence.proofs:
        blocks, name = evidence.blocks[proof.version.pk], f"versions/{proof.version.number}"
        files[f"{name}.json"] = canonical(blocks)
        files[f"{name}.txt"] = "\n\n".join(map(_line, blocks)).encode() + b"\n"
        said = {"title": evidence.title, "version": proof.version, "blocks": blocks}
        files[f"{name}.html"] = render_to_string("steering/evidence_version.html", said).encode()
    return files


def _line(block: PlacedBlock) -> str:
    words = block.text if block.kind == "table" else markup.plain(block.text)
    return f"{block.label} {words}".strip()


def _manifest(files: dict[str, bytes], made_at: dt.datetime) -> dict[str, Any]:
    return {
        "made_at": made_at.isoformat(),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name in sorted(files):
            bundle.writestr(zipfile.ZipInfo(name, NO_DAY), files[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


# -- what evidence.json holds ----------------------------------------------------------------------------------------


def facts_of(evidence: Evidence, made_at: dt.datetime) -> dict[str, Any]:
    """Everything in the bundle as plain values."""
    return {
        "made_at": made_at.isoformat(),
        "organisation": settings.ORGANISATION_NAME,
        "names_of_people_asked": evidence.named,
        "policy": {
            "id": str(evidence.policy.pk),
            "title": evidence.title,
            "group": evidence.policy.body.name,
            "state": evidence.policy.state,
        },
        "versions": [_version(proof) for proof in evidence.proofs],
        "consultations": [_round(each) for each in evidence.rounds],
        "people_asked": [_asked(each) for each in evidence.recipients] if evidence.named else None,
        "comments": [_plain(vars(remark)) for remark in evidence.remarks],
        "views": [
            {"side": view.side, "who": who, "position": view.position, "words": view.words, "at": _at(view.at)}
            for _, views in evidence.views
            for who, view in views
        ],
        "recommendations": [_recommendation(evidence, said, who) for said, _, who in evidence.recommendations],
        "equality": [_equality(evidence, record, who) for record, who in evidence.equality],
        "ratification": _ratification(evidence),
        "publication": _publication(evidence),
        "messages": [_fate(evidence, fate) for fate in evidence.fates],
        "acts": [_act(evidence, entry) for entry in evidence.entries],
    }


def _at(instant: dt.datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _at(value) if isinstance(value, dt.datetime) else value for name, value in values.items()}


def _version(proof: Any) -> dict[str, Any]:
    version = proof.version
    return {
        "number": version.number,
        "sha256": version.sha256,
        "sha256_worked_out_again": proof.computed,
        "frozen_at": _at(version.frozen_at),
        "frozen_by": proof.frozen_by,
    }


def _round(each: Any) -> dict[str, Any]:
    asked = each.consultation
    return {
        "version": each.number,
        "purpose": asked.purpose,
        "summary": asked.summary,
        "opened_at": _at(asked.opens_at),
        "closed_at": _at(asked.closes_at),
        "asked": dict(each.asked),
        "comments": each.comments,
        "answered": each.answered,
    }


def _asked(each: Any) -> dict[str, Any]:
    return {"name": each.person.name, "side": each.side, "asked_at": _at(each.consultation.opens_at)}


def _recommendation(evidence: Evidence, said: Any, who: str) -> dict[str, Any]:
    counts = (
        *("peers_for", "peers_against", "peers_neither", "peers_out"),
        *("staff_for", "staff_against", "staff_neither", "staff_out"),
    )
    return {
        "version": evidence.number_of(said.version_id),
        "meeting": {"id": str(said.item.meeting_id), "at": _at(said.item.meeting.starts_at)},
        "outcome": said.outcome,
        "reasons": said.reasons,
        "conditions": said.conditions,
        "conditions_met": said.conditions_met,
        "conditions_met_at": _at(said.conditions_met_at),
        "counts": {name: getattr(said, name) for name in counts},
        "recorded_at": _at(said.at),
        "recorded_by": who,
    }


def _equality(evidence: Evidence, record: Any, who: str) -> dict[str, Any]:
    return {
        "version": evidence.number_of(record.version_id),
        "stage": record.stage,
        "impact": record.impact,
        "words": record.words,
        "at": _at(record.at),
        "by": who,
    }


def _ratification(evidence: Evidence) -> dict[str, Any] | None:
    made = evidence.ratification
    return made and {
        "version": evidence.number_of(made.version_id),
        "committee": made.committee,
        "decided_on": made.decided_on.isoformat(),
        "minute_reference": made.minute_reference,
        "recorded_at": _at(made.recorded_at),
        "recorded_by": evidence.who_alone(made.recorded_by),
    }


def _publication(evidence: Evidence) -> dict[str, Any] | None:
    made = evidence.publication
    return made and {
        "version": evidence.number_of(made.version_id),
        "reference": made.reference,
        "address": settings.BASE_URL + made.get_absolute_url(),
        "executive_lead": made.executive_lead,
        "effective_from": made.effective_from.isoformat(),
        "review_on": made.review_on.isoformat(),
        "published_at": _at(made.published_at),
        "published_by": evidence.who_alone(made.published_by),
    }


def _fate(evidence: Evidence, fate: Any) -> dict[str, Any]:
    return {
        "id": str(fate.message_id),
        "kind": fate.kind,
        "purpose": fate.purpose,
        "about": {"type": fate.about_type, "id": fate.about_id},
        "to": evidence.recipient_of(fate),
        "posted_at": _at(fate.posted_at),
        "stands": fate.stands,
        "at": _at(fate.at),
        "attempts": fate.attempts,
        "reason": fate.reason,
    }


def _act(evidence: Evidence, entry: Any) -> dict[str, Any]:
    act = evidence.act(entry)
    about = {"type": entry.about_type, "id": entry.about_id}
    return {**_plain(vars(act)), "verb": entry.verb, "about": about, "facts": entry.facts}


# -- the check -------------------------------------------------------------------------------------------------------


def problems_with(content: bytes) -> list[str]:
    """What does not fit in a bundle, in plain words; empty when all is as it was and as the database says.

    Works out every hash again: of each file against the manifest, and of each version against what `evidence.json`
    says and against the version of that policy in the database.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        files = {name: bundle.read(name) for name in bundle.namelist()}
    written = json.loads(files.pop(MANIFEST))["files"]
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    found = [f"{name} is not what the manifest says." for name in sorted(hashes) if written.get(name) != hashes[name]]
    found += [f"{name} is missing." for name in sorted(set(written) - set(hashes))]
    return found + _version_problems(json.loads(files["evidence.json"]), hashes)


def _version_problems(facts: dict[str, Any], hashes: dict[str, str]) -> list[str]:
    kept = Version.objects.filter(document__policy=facts["policy"]["id"], frozen_at__isnull=False)
    in_database = {version.number: version.sha256 for version in kept}
    found = []
    for version in facts["versions"]:
        number = version["number"]
        if hashes.get(f"versions/{number}.json") != version["sha256"]:
            found.append(f"The words of version {number} do not have the hash it was closed with.")
        if in_database.get(number) != version["sha256"]:
            found.append(f"The database has another hash for version {number}.")
    return found
