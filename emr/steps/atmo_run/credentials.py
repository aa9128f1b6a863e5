"""The run's own credentials: for its files alone, and for an hour; renewed as long as it goes on."""

from __future__ import annotations

import json
import logging
import random
import threading
import time
import urllib.error
import urllib.request
from datetime import datetime
from typing import Any, Callable, Dict, Optional

from botocore.credentials import Credentials, ReadOnlyCredentials

from . import clock
from .caller_proof import Proof
from .errors import NoCredentials

_log = logging.getLogger("atmo")
# Renewed when this much is left, so that a portal that is down for a while costs nothing.
_EARLY_SECONDS = 20 * 60.0
_SHORTEST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
_REQUEST_SECONDS = 10.0
_PATIENCE_SECONDS = 300.0

#: Answers what `POST /api/run-credentials` answers.
Exchange = Callable[[], Dict[str, Any]]


def exchange_secret(url: str, secret: str, proof: Proof) -> Exchange:
    """`url` is the portal's. Secret and proof go nowhere else: not into errors, which are logged."""

    def exchange() -> Dict[str, Any]:
        proven = proof()
        body = json.dumps({"runSecret": secret, **({} if proven is None else {"callerProof": proven})}).encode()
        request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
        # urllib takes a body to no other address: 307 and 308 are errors, the other redirects lose it.
        with urllib.request.urlopen(request, timeout=_REQUEST_SECONDS) as response:
            answer: Dict[str, Any] = json.load(response)
        return answer

    return exchange


class RunCredentials(Credentials):
    """Renews itself when it is asked for and little time is left.

    Where that fails it stays what it is and tries again, after ever longer pauses; each failure is in the log. Once
    expired, it cannot be used: callers then wait for the portal, for five minutes in total.
    """

    def __init__(self, exchange: Exchange, sleep: Callable[[float], Any] = time.sleep) -> None:
        """Raises NoCredentials where the portal gives none."""
        super().__init__("", "")
        self._exchange = exchange
        self._sleep = sleep
        self._renewing = threading.Lock()
        self._frozen: Optional[ReadOnlyCredentials] = None
        self._expires = 0.0
        self._failures = 0
        self._failing_since = 0.0
        self._next_try = 0.0
        self._problem: Optional[Exception] = None
        self._renew_in_time()
        if self._frozen is None:
            raise NoCredentials(f"The portal gave the run no credentials: {self._problem}")

    def get_frozen_credentials(self) -> ReadOnlyCredentials:
        with self._renewing:
            self._renew_in_time()
            assert self._frozen is not None
            return self._frozen

    def _renew_in_time(self) -> None:
        if clock.now() >= max(self._expires - _EARLY_SECONDS, self._next_try):
            self._renew()
        while clock.now() >= self._expires and self._is_worth_waiting():
            self._sleep(max(0.0, self._next_try - clock.now()))
            self._renew()

    def _is_worth_waiting(self) -> bool:
        # Refused, it is refused the next time too: the run is over, or was launched again.
        is_refused = isinstance(self._problem, urllib.error.HTTPError) and self._problem.code in (400, 401, 403, 404)
        return not is_refused and clock.now() < max(self._failing_since, self._expires) + _PATIENCE_SECONDS

    def expire(self) -> None:
        """S3 says that they have expired, whatever this machine's clock says."""
        self._expires = 0.0

    def _renew(self) -> None:
        try:
            answer = self._exchange()
            frozen = ReadOnlyCredentials(answer["accessKeyId"], answer["secretAccessKey"], answer["sessionToken"])
            expires = datetime.fromisoformat(answer["expiration"].replace("Z", "+00:00")).timestamp()
        except Exception as error:  # pylint: disable=broad-except
            if self._problem is None:
                self._failing_since = clock.now()
            self._problem = error
            self._failures += 1
            longest = min(_LONGEST_PAUSE, _SHORTEST_PAUSE * 2**self._failures)
            self._next_try = clock.now() + random.uniform(longest / 2, longest)
            _log.warning("The portal gave no new credentials (try %d): %s", self._failures, error)
            return
        self._frozen, self._expires = frozen, expires
        self._failures, self._next_try, self._problem = 0, 0.0, None
