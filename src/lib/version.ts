/** Of the product: in `/`, the API description, traces and metrics, and in the user agent of downloads. */
export const VERSION = '0.1.0'
