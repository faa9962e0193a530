import * as administration from './administration.ts'
import * as articles from './articles.ts'
import { assist } from './assist.ts'
import * as audit from './audit.ts'
import * as auth from './auth.ts'
import * as classes from './classes.ts'
import * as dicomSources from './dicom-sources.ts'
import * as dicomweb from './dicomweb.ts'
import {
  actOnImages,
  addEditor,
  copyImage,
  createDownload,
  findPeople,
  freezeImage,
  getDownload,
  listEditors,
  purgeImage,
  removeEditor,
  unfreezeImage,
} from './files.ts'
import * as images from './images.ts'
import * as imports from './imports.ts'
import * as inference from './inference.ts'
import * as interchange from './interchange.ts'
import { getLabel, listLabelRevisions, listPredictions, putLabel, takeBackLabel } from './labels.ts'
import * as messages from './messages.ts'
import * as models from './models.ts'
import * as organisations from './organisations.ts'
import * as ownData from './own-data.ts'
import * as passkeys from './passkeys.ts'
import { getPreferences, putPreferences } from './preferences.ts'
import { announcePresence, leaveImage } from './presence.ts'
import * as projects from './projects.ts'
import * as providers from './providers.ts'
import * as remote from './remote.ts'
import * as reviews from './reviews.ts'
import * as rules from './rules.ts'
import { deleteSavedFilter, listSavedFilters, saveFilter } from './saved-filters.ts'
import * as security from './security.ts'
import * as setup from './setup.ts'
import { skipImage, unskipImage } from './skips.ts'
import * as studies from './studies.ts'
import * as training from './training.ts'
import * as webhooks from './webhooks.ts'
import { getWorth, measureWorth } from './worth.ts'

const {
  InferenceRequest: _request,
  InferenceAnswer: _answer,
  LabelStudioPredict: _predict,
  ...inferenceRoutes
} = inference

/** Every route of the program, by name. */
export const routes = {
  ...setup,
  ...audit,
  ...administration,
  ...ownData,
  ...auth,
  ...security,
  ...passkeys,
  ...rules,
  ...organisations,
  ...projects,
  ...classes,
  ...providers,
  ...images,
  freezeImage,
  unfreezeImage,
  purgeImage,
  listEditors,
  addEditor,
  removeEditor,
  copyImage,
  actOnImages,
  createDownload,
  getDownload,
  findPeople,
  listSavedFilters,
  saveFilter,
  deleteSavedFilter,
  getLabel,
  putLabel,
  takeBackLabel,
  listLabelRevisions,
  listPredictions,
  ...reviews,
  ...studies,
  ...messages,
  announcePresence,
  leaveImage,
  skipImage,
  unskipImage,
  assist,
  getPreferences,
  putPreferences,
  ...interchange,
  ...imports,
  ...dicomSources,
  ...dicomweb,
  ...training,
  ...models,
  getWorth,
  measureWorth,
  ...remote,
  ...webhooks,
  ...inferenceRoutes,
  ...articles,
}
