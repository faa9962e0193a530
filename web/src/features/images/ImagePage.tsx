import { useQuery } from '@tanstack/react-query'
import { Navigate, useParams } from '@tanstack/react-router'
import { type ImageId, routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Waiting } from '../../ui/Waiting.tsx'

/** An image by its id alone, as texts of people name it: leads to it in its project. */
export function ImagePage() {
  const { imageId } = useParams({ strict: false }) as { imageId: ImageId }
  const image = useQuery({
    queryKey: ['image', imageId],
    queryFn: ({ signal }) => call(routes.getImage, { params: { imageId }, signal }),
  })
  if (image.isPending) return <Waiting />
  if (image.isError) return <ErrorNotice error={image.error} onRetry={() => void image.refetch()} />
  const { projectId } = image.data
  return <Navigate to="/projects/$projectId/annotate" params={{ projectId }} search={{ image: imageId }} replace />
}
