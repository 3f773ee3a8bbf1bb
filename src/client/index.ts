/**
 * The typed client of the REST endpoint.
 *
 * @module
 */
export { DEFAULT_URL, type FollowOptions, type NewClone, SlipwayClient } from './client.ts'
