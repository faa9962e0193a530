export { DESCRIPTION_LENGTH, describePicture, describePixels } from './describe-picture.ts'
export { pickCentres } from './k-centre.ts'
export { type Candidate, rankImages } from './rank-images.ts'
export { divergenceOf, entropyOf, marginOf } from './uncertainty.ts'
