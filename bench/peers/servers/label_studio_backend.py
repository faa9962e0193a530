"""A machine learning backend of Label Studio: chooses dark or bright. Started with a port."""
import base64
import io
import sys
import tempfile

from label_studio_ml.api import init_app
from label_studio_ml.model import LabelStudioMLBase
from PIL import Image, ImageStat


class Brightness(LabelStudioMLBase):
    def predict(self, tasks, **kwargs):
        predictions = []
        for task in tasks:
            data = task["data"]["image"].split(",", 1)[1]
            picture = Image.open(io.BytesIO(base64.b64decode(data))).convert("L")
            bright = ImageStat.Stat(picture).mean[0] / 255
            choice = "bright" if bright >= 0.5 else "dark"
            score = max(bright, 1 - bright)
            value = {"choices": [choice]}
            result = {"from_name": "choice", "to_name": "image", "type": "choices", "value": value, "score": score}
            predictions.append({"result": [result], "score": score, "model_version": "brightness-1"})
        return predictions


app = init_app(model_class=Brightness, model_dir=tempfile.mkdtemp())
app.run(host="127.0.0.1", port=int(sys.argv[1]))
