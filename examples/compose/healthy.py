"""What compose asks in the container: leaves with 0 while the server takes runs."""

import http.client
import sys

connection = http.client.HTTPConnection("127.0.0.1", 8080, timeout=5)
connection.request("GET", "/health")
answer = connection.getresponse()
print(answer.read().decode(), end="")
sys.exit(answer.status != 200)
