/** `/docs`: the OpenAPI document, rendered by Swagger UI from its own package; nothing is fetched from elsewhere. */
import express, { type Express } from 'express';
// Only where the files are; the package's main module would load all of them.
import absolutePath from 'swagger-ui-dist/absolute-path.js';

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gatehouse API</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
<link rel="icon" href="/docs/assets/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const start = `window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });\n`;

export function registerDocs(app: Express): void {
  app.get('/docs', (_request, response) => void response.type('html').send(page));
  app.get('/docs/start.js', (_request, response) => void response.type('js').send(start));
  app.use('/docs/assets', express.static(absolutePath(), { index: false, etag: true, maxAge: '1h' }));
}
