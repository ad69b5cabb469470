"""Reading a document leaves nothing behind in the application."""

import pytest
from flask.testing import FlaskClient


@pytest.fixture
def client(shared_client: FlaskClient) -> FlaskClient:
    return shared_client
