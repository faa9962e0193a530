import { AppError } from '@vesalius/contracts'

/** Why reading a multipart body ended early, as a failure of ours. Unknown errors are given back as they are. */
export function asUploadError(error: unknown): unknown {
  const { code = '', message = '' } = error as NodeJS.ErrnoException
  if (['FST_FILES_LIMIT', 'FST_PARTS_LIMIT', 'FST_FIELDS_LIMIT'].includes(code)) {
    return new AppError('PAYLOAD_TOO_LARGE', 'One upload takes at most 1000 files. Send the others in another one.')
  }
  if (code === 'FST_INVALID_JSON_FIELD_ERROR' || code === 'FST_PROTO_VIOLATION') {
    return new AppError('VALIDATION_FAILED', 'A field of the upload cannot be read.', {}, { cause: error })
  }
  if (code === 'FST_MP_PREMATURE_CLOSE' || /multipart|terminated early|premature close/i.test(message)) {
    return new AppError('BAD_REQUEST', 'The upload is cut off or not well formed.', {}, { cause: error })
  }
  return error
}
