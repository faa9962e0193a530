import { queryOptions } from '@tanstack/react-query'
import { type ImageId, type ProjectId, routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'

export const commentsQuery = (imageId: ImageId) =>
  queryOptions({
    queryKey: keys.comments(imageId),
    queryFn: async ({ signal }) => (await call(routes.listComments, { params: { imageId }, signal })).items,
  })

export const reviewsQuery = (imageId: ImageId) =>
  queryOptions({
    queryKey: keys.reviews(imageId),
    queryFn: async ({ signal }) => (await call(routes.listReviews, { params: { imageId }, signal })).items,
  })

export const reviewCountsQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: keys.reviewCounts(projectId),
    queryFn: ({ signal }) => call(routes.getReviewCounts, { params: { projectId }, signal }),
  })

export const reviewSettingsQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: keys.reviewSettings(projectId),
    queryFn: ({ signal }) => call(routes.getReviewSettings, { params: { projectId }, signal }),
  })

export const reviewersQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: keys.reviewers(projectId),
    queryFn: async ({ signal }) => (await call(routes.listReviewers, { params: { projectId }, signal })).items,
  })
