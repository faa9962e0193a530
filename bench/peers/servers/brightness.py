"""A model of MLServer: how bright a picture is, as probabilities of dark and bright."""
from mlserver import MLModel
from mlserver.codecs import NumpyCodec
from mlserver.types import InferenceRequest, InferenceResponse


class Brightness(MLModel):
    async def load(self) -> bool:
        return True

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        pixels = NumpyCodec.decode_input(payload.inputs[0])
        bright = float(pixels.mean()) / 255
        import numpy as np

        output = NumpyCodec.encode_output("probabilities", np.array([[1 - bright, bright]], dtype="float32"))
        return InferenceResponse(model_name=self.name, model_version="1", outputs=[output])
