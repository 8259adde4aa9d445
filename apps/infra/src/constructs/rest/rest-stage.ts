/** The one stage of a REST API; a part of its generated URL. */
export const REST_STAGE = 'v1';
