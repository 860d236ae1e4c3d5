// The reference of the API: Swagger UI reads the description that this server has of itself.
const { folder } = document.documentElement.dataset

globalThis.SwaggerUIBundle({
  url: `${folder}/api/openapi.json`,
  domNode: document.querySelector('#docs'),
  presets: [globalThis.SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
  deepLinking: true,
  // Nothing is asked of other servers.
  validatorUrl: null,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
})
