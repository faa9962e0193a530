"""From a folder of pictures to a model and a data set, in one go.

The folder has one folder of pictures for each class:

    pictures/benign/1.png  pictures/benign/2.png  pictures/malignant/3.png  …

VESALIUS_URL and VESALIUS_TOKEN say where the server is and who you are (a token: *Account → API tokens*). Then

    pip install ./clients/python
    python clients/python/examples/first_model.py pictures
"""

# %% What is there
import sys
from pathlib import Path

from vesalius_client import (
    VesaliusClient,
    VesaliusError,
    each_page,
    upload_folder,
    wait_for_export,
    wait_for_images,
    wait_for_run,
)
from vesalius_client.types import LabelInput

folder = Path(sys.argv[1])
classes = sorted(path.name for path in folder.iterdir() if path.is_dir())
class_of = {path.name: path.parent.name for path in folder.rglob("*") if path.is_file()}
client = VesaliusClient()
print(f"{client.me()['username']}: {len(class_of)} pictures of {len(classes)} classes")

# %% A project of its own; 1003 is the task type "one of several classes"
project = client.create_project({"name": folder.name, "taskType": 1003, "classes": classes})

# %% Upload, and wait until each image has its first look: then it is NORMAL
items = upload_folder(client, project["id"], folder)
for item in items:
    if "error" in item:
        print(f"{item['name']}: {item['error']['message']}")
for image in wait_for_images(client, project["id"]):
    print(f"{image['name']} had no first look: {image['problem']}")

# %% Read each label, say what it is, and submit; nobody who was faster is overwritten
for image in each_page(client.list_images, project["id"], state="NORMAL", limit=500):
    label = client.get_label(image["id"])
    chosen = classes.index(class_of[image["name"]])
    weight = [1.0 if index == chosen else 0.0 for index in range(len(classes))]
    answer: LabelInput = {"type": 1003, "data": {"key": classes, "weight": weight, "value": chosen}}
    try:
        client.put_label(image["id"], answer, if_match=label.etag)
    except VesaliusError as error:
        if error.status != 412:
            raise
        print(f"{image['name']}: somebody else answered meanwhile, and that stays")

# %% Train for a minute
run = wait_for_run(client, client.start_run(project["id"], body={"budgetMinutes": 1})["id"])
print(f"the training {run['state']}")
models = client.list_models(project["id"])["items"]
if models:
    print(f"the model is in {client.get_model_file(models[0]['id']).save(f'{folder.name}.onnx')}")

# %% Export images and labels
export = wait_for_export(client, client.create_export(project["id"], {"format": "image-folder"})["id"])
print(f"the data set is in {client.get_export_file(export['id']).save(f'{folder.name}.zip')}")
