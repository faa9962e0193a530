"""Asks a server of the Open Inference Protocol with NVIDIA's client. Arguments: host:port, model, token, pictures."""
import base64
import json
import sys

import numpy as np
import tritonclient.http as http

host, model, token, *files = sys.argv[1:]
client = http.InferenceServerClient(url=host)
headers = {"Authorization": f"Bearer {token}"}
assert client.is_server_live() and client.is_server_ready() and client.is_model_ready(model, headers=headers)
metadata = client.get_model_metadata(model, headers=headers)
name = metadata["inputs"][0]["name"]


def ask(content, is_binary):
    """As JSON in both directions, or as bytes behind it in both, which is what the client does unless told otherwise."""
    image = http.InferInput(name, [1], "BYTES")
    data = content if is_binary else base64.b64encode(content)
    image.set_data_from_numpy(np.array([data], dtype=object), binary_data=is_binary)
    outputs = None if is_binary else [http.InferRequestedOutput("probabilities", binary_data=False)]
    return client.infer(model, [image], outputs=outputs, headers=dict(headers)).as_numpy("probabilities").ravel().tolist()


files = [open(file, "rb").read() for file in files]
print(json.dumps([ask(content, is_binary) for is_binary in (False, True) for content in files]))
