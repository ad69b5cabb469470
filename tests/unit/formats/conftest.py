"""Checks after each test that reading a document left no state in the application."""

import pytest
from flask.testing import FlaskClient


@pytest.fixture
def client(shared_client: FlaskClient) -> FlaskClient:
    return shared_client
