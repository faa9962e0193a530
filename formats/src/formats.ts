import type { FormatName, ImageType } from '@vesalius/contracts'
import { readArchive, writeArchive } from './archive/archive.ts'
import { readCoco } from './coco/read-coco.ts'
import { writeCoco } from './coco/write-coco.ts'
import { readClassTable, writeClassTable } from './csv/class-table.ts'
import { readCvat } from './cvat/read-cvat.ts'
import { writeCvat } from './cvat/write-cvat.ts'
import { readGeojson } from './geojson/read-geojson.ts'
import { writeGeojson } from './geojson/write-geojson.ts'
import { readImageFolder, writeImageFolder } from './image-folder/image-folder.ts'
import { readLabelMe } from './label-me/read-label-me.ts'
import { writeLabelMe } from './label-me/write-label-me.ts'
import { readLabelStudio } from './label-studio/read-label-studio.ts'
import { writeLabelStudio } from './label-studio/write-label-studio.ts'
import { readPngMasks } from './png/read-png-masks.ts'
import { writeInstanceMasks, writeSemanticMasks } from './png/write-png-masks.ts'
import type { Dataset, FormatFile, ReadDataset, ReadOptions, Written } from './shape/dataset.ts'
import { readVoc } from './voc/read-voc.ts'
import { writeVoc } from './voc/write-voc.ts'
import { readYolo } from './yolo/read-yolo.ts'
import { writeYolo } from './yolo/write-yolo.ts'

export interface Format {
  write: (dataset: Dataset, imageType: ImageType) => Written
  read: (files: readonly FormatFile[], options?: ReadOptions) => ReadDataset
}

/** Every format by the name it has in a request. */
export const FORMATS: Readonly<Record<FormatName, Format>> = {
  archive: { write: writeArchive, read: readArchive },
  coco: { write: (dataset) => writeCoco(dataset), read: readCoco },
  'coco-polygons': { write: (dataset) => writeCoco(dataset, { masks: 'polygon' }), read: readCoco },
  yolo: { write: writeYolo, read: readYolo },
  voc: { write: writeVoc, read: readVoc },
  'label-me': { write: writeLabelMe, read: readLabelMe },
  cvat: { write: writeCvat, read: readCvat },
  'label-studio': { write: writeLabelStudio, read: readLabelStudio },
  'image-folder': { write: writeImageFolder, read: readImageFolder },
  'png-semantic': { write: writeSemanticMasks, read: readPngMasks },
  'png-instance': { write: writeInstanceMasks, read: readPngMasks },
  csv: { write: writeClassTable, read: readClassTable },
  geojson: { write: writeGeojson, read: readGeojson },
}
