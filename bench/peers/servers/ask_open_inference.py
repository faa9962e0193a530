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
answers = []
for file in files:
    data = np.array([base64.b64encode(open(file, "rb").read())], dtype=object)
    image = http.InferInput(metadata["inputs"][0]["name"], [1], "BYTES")
    image.set_data_from_numpy(data, binary_data=False)
    outputs = [http.InferRequestedOutput("probabilities", binary_data=False)]
    result = client.infer(model, [image], outputs=outputs, headers=headers)
    answers.append(result.as_numpy("probabilities").ravel().tolist())
print(json.dumps(answers))
