import type { FormatName } from '@vesalius/contracts'
import { readArchive, writeArchive } from './archive/archive.ts'
import { readCoco } from './coco/read-coco.ts'
import { writeCoco } from './coco/write-coco.ts'
import { readClassTable, writeClassTable } from './csv/class-table.ts'
import { readCvat } from './cvat/read-cvat.ts'
import { writeCvat } from './cvat/write-cvat.ts'
import { readReports } from './dicom/read-report.ts'
import { readSegmentations } from './dicom/read-segmentation.ts'
import { writeReports } from './dicom/write-report.ts'
import { writeSegmentations } from './dicom/write-segmentation.ts'
import { readGeojson } from './geojson/read-geojson.ts'
import { writeGeojson } from './geojson/write-geojson.ts'
import { folderPath, readImageFolder, splitFolderPath, writeImageFolder } from './image-folder/image-folder.ts'
import { readLabelMe } from './label-me/read-label-me.ts'
import { writeLabelMe } from './label-me/write-label-me.ts'
import { readLabelStudio } from './label-studio/read-label-studio.ts'
import { writeLabelStudio } from './label-studio/write-label-studio.ts'
import { readNiftiMasks } from './nifti/read-nifti-masks.ts'
import { writeNiftiMasks } from './nifti/write-nifti-masks.ts'
import { readPngMasks } from './png/read-png-masks.ts'
import { writeInstanceMasks, writePaletteMasks, writeSemanticMasks } from './png/write-png-masks.ts'
import type { DatasetImage, FormatFile, OutFile, ReadDataset, ReadOptions, Writing } from './shape/dataset.ts'
import type { Holding } from './shape/problems.ts'
import { readVoc } from './voc/read-voc.ts'
import { writeVoc } from './voc/write-voc.ts'
import { readYolo } from './yolo/read-yolo.ts'
import { writeYolo } from './yolo/write-yolo.ts'

export interface Format {
  /** What of an image it has a place for, all else is named as lost. */
  holds: readonly Holding[]
  /** Whether marks keep their frame; otherwise each further frame becomes an entry of its own. */
  holdsFrames?: boolean
  /** Whether the writer wants to know where the pictures lie in the world. */
  needsGeometry?: boolean
  /** Where the image files lie is all it says. */
  isMadeOfImages?: boolean
  /** Files that look like pictures and hold annotations. */
  picturesAre?: RegExp
  write: (writing: Writing) => Iterable<OutFile>
  /** Where the format expects an image's own file. */
  imagePath: (image: DatasetImage, classes: readonly string[]) => string
  read: (files: readonly FormatFile[], options?: ReadOptions) => ReadDataset
}

const DICOM = /\.(dcm|dicom)$/i
const inImages = (image: DatasetImage) => `images/${image.name}`
const beside = (image: DatasetImage) => image.name
const COCO = { holds: ['boxes', 'masks', 'scores'], imagePath: inImages, read: readCoco } as const
const MASKS = {
  holds: ['masks'],
  imagePath: inImages,
  read: readPngMasks,
  picturesAre: /\.png$/i,
} as const
const FOLDERS = {
  holds: ['answer'],
  isMadeOfImages: true,
  write: writeImageFolder,
  read: readImageFolder,
} as const

/** Every format by the name it has in a request. */
export const FORMATS: Readonly<Record<FormatName, Format>> = {
  archive: {
    holds: ['answer', 'weights', 'boxes', 'masks', 'scores', 'tags'],
    ...{ holdsFrames: true, write: writeArchive, imagePath: inImages, read: readArchive },
  },
  coco: { ...COCO, write: (writing) => writeCoco(writing) },
  'coco-counts': { ...COCO, write: (writing) => writeCoco(writing, { masks: 'counts' }) },
  'coco-polygons': { ...COCO, write: (writing) => writeCoco(writing, { masks: 'polygon' }) },
  yolo: {
    ...{ holds: ['boxes', 'masks', 'scores'], write: writeYolo, read: readYolo },
    imagePath: (image) => `images/train/${image.name}`,
  },
  'yolo-classify': { ...FOLDERS, imagePath: splitFolderPath },
  voc: {
    ...{ holds: ['boxes'], write: writeVoc, read: readVoc },
    imagePath: (image) => `JPEGImages/${image.name}`,
  },
  'label-me': {
    ...{ holds: ['answer', 'boxes', 'masks'], imagePath: beside },
    ...{ write: writeLabelMe, read: readLabelMe },
  },
  cvat: {
    ...{ holds: ['answer', 'boxes', 'masks', 'scores'], imagePath: inImages },
    ...{ write: writeCvat, read: readCvat },
  },
  'label-studio': {
    ...{ holds: ['answer', 'boxes', 'masks', 'scores'], imagePath: inImages },
    ...{ write: writeLabelStudio, read: readLabelStudio },
  },
  'image-folder': { ...FOLDERS, imagePath: folderPath },
  'png-semantic': { ...MASKS, write: writeSemanticMasks },
  'png-palette': { ...MASKS, write: writePaletteMasks },
  'png-instance': { ...MASKS, write: writeInstanceMasks },
  csv: {
    ...{ holds: ['answer', 'weights'], imagePath: inImages },
    ...{ write: writeClassTable, read: readClassTable },
  },
  geojson: {
    ...{ holds: ['boxes', 'masks', 'scores'], imagePath: beside },
    ...{ write: writeGeojson, read: readGeojson },
  },
  nifti: {
    ...{ holds: ['masks'], holdsFrames: true, needsGeometry: true, imagePath: inImages },
    ...{ write: writeNiftiMasks, read: readNiftiMasks },
  },
  'dicom-seg': {
    ...{ holds: ['masks'], holdsFrames: true, needsGeometry: true, imagePath: inImages },
    ...{ write: writeSegmentations, read: readSegmentations, picturesAre: DICOM },
  },
  'dicom-sr': {
    ...{ holds: ['answer', 'boxes', 'masks', 'scores'], holdsFrames: true, needsGeometry: true, imagePath: inImages },
    ...{ write: writeReports, read: readReports, picturesAre: DICOM },
  },
}
