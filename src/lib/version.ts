/** The product's version, in `/`, the API description, traces, metrics, and the user agent of downloads. */
export const VERSION = '0.2.0'
