export { DESCRIPTION_LENGTH, describePicture, describePixels } from './describe-picture.ts'
export { divergenceOf } from './divergence.ts'
export { pickCovering } from './pick-covering.ts'
export { type Candidate, rankImages } from './rank-images.ts'
