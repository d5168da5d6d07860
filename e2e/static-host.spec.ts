import { expect, test } from './support/lab.ts';
import { serveStatic } from './support/staticServer.ts';

test('runs from a sub-path of a plain static host, without special headers', async ({ lab }) => {
  const server = await serveStatic('dist', '/some/path/');
  try {
    await lab.open(server.url);
    await expect(lab.status).toHaveText(/Recording/);
    await lab.start('smoke');
    await lab.finish();
    await expect(lab.part('generation-label')).toHaveText(/Generation 2 of 2/);
  } finally {
    await server.close();
  }
});
