"""An app of MONAI Label: marks what is brighter than half as label 5."""
import tempfile

import numpy as np
from monailabel.interfaces.app import MONAILabelApp
from monailabel.interfaces.tasks.infer_v2 import InferTask, InferType
from PIL import Image


class Threshold(InferTask):
    def __init__(self):
        super().__init__(type=InferType.SEGMENTATION, labels={"Bright": 5}, dimension=2, description="threshold")

    def is_valid(self):
        return True

    def __call__(self, request):
        pixels = np.array(Image.open(request["image"]).convert("L"))
        mask = np.where(pixels > 127, 5, 0).astype("uint8")
        file = tempfile.NamedTemporaryFile(suffix=".png", delete=False).name
        Image.fromarray(mask).save(file)
        return file, {}


class MyApp(MONAILabelApp):
    def __init__(self, app_dir, studies, conf):
        super().__init__(app_dir=app_dir, studies=studies, conf=conf, name="bench", description="bench", version="1")

    def init_infers(self):
        return {"threshold": Threshold()}
