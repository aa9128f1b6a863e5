"""The proof that this is an instance of the run's cluster: a request for STS, signed and not sent."""

from __future__ import annotations

import re
from typing import Any, Dict
from urllib.parse import parse_qs

import pytest
from atmo_run import caller_proof as module
from atmo_run.caller_proof import caller_proof, of_instance
from botocore.credentials import Credentials

RUN_ID = "20261123T060000000Z-0123456789"


def signer() -> Credentials:
    return Credentials("ASIA0123456789ABCDEF", "secret", "session/token+x==")


def query(text: str) -> Dict[str, str]:
    return {name: values[0] for name, values in parse_qs(text, strict_parsing=True).items()}


@pytest.fixture(autouse=True)
def region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "us-west-2")


def test_is_the_query_of_a_presigned_request_that_holds_for_a_minute() -> None:
    proof = caller_proof(RUN_ID, signer)()
    assert proof is not None
    signed = query(proof)
    assert signed["Action"] == "GetCallerIdentity"
    assert signed["Version"] == "2011-06-15"
    assert signed["X-Amz-Algorithm"] == "AWS4-HMAC-SHA256"
    assert re.fullmatch(r"ASIA0123456789ABCDEF/\d{8}/us-west-2/sts/aws4_request", signed["X-Amz-Credential"])
    assert signed["X-Amz-Expires"] == "60"
    assert signed["X-Amz-SignedHeaders"] == "host;x-atmo-run"
    assert signed["X-Amz-Security-Token"] == "session/token+x=="
    assert re.fullmatch("[0-9a-f]{64}", signed["X-Amz-Signature"])
    # No more than these and the date: the portal takes no other.
    assert len(signed) == 9
    assert "secret" not in proof


def test_is_for_one_run_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    proofs = [caller_proof(run_id, signer)() for run_id in (RUN_ID, "another")]
    signatures = {query(str(proof))["X-Amz-Signature"] for proof in proofs}
    assert len(signatures) == 2


def test_is_none_on_a_machine_that_is_no_instance() -> None:
    assert caller_proof(RUN_ID, lambda: None)() is None


def test_is_of_the_instance_whatever_else_is_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIA")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "of somebody else")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    assert of_instance() is None


def test_is_tried_again_on_a_node_whose_metadata_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    node: Dict[str, Any] = {"region": "eu-central-1"}
    monkeypatch.setattr(module, "instance_data", lambda: node)
    with pytest.raises(OSError, match="metadata"):
        caller_proof(RUN_ID, lambda: None)()
    proof = caller_proof(RUN_ID, signer)()
    assert "/eu-central-1/sts/" in query(str(proof))["X-Amz-Credential"]
