import { enveloped, plain, plainJson, type Answer } from './answer.mts';

/** What was asked for, where the wording repeats it. */
export interface MissedRequest {
	readonly method: string;
	/** Without the query. */
	readonly path: string;
}

/** How servers of all kinds say that they have no such route. */
const WORDINGS = {
	envelope404: () => enveloped(404, 404, 'route not found', null),
	envelope405: () => enveloped(405, 405, 'method not allowed', null),
	envelope200: () => enveloped(200, 404, 'route not found', null),
	/** Go's own `net/http`. */
	text404: () => plain(404, 'text/plain; charset=utf-8', '404 page not found\n'),
	page404: () => plain(404, 'text/html', '<html><body><h1>404 Not Found</h1></body></html>'),
	goframe404: () => enveloped(404, 65, 'Not Found', null),
	goframe200: () => enveloped(200, 65, 'Not Found', null),
	nginx: () =>
		plain(
			404,
			'text/html',
			'<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx/1.26.2</center>\r\n</body>\r\n</html>\r\n',
		),
	spring: ({ path }: MissedRequest) =>
		plainJson(404, {
			timestamp: '2026-11-25T12:00:00.000+00:00',
			status: 404,
			error: 'Not Found',
			path,
		}),
	express: ({ method, path }: MissedRequest) =>
		plain(
			404,
			'text/html; charset=utf-8',
			`<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>Cannot ${method} ${path}</pre>\n</body>\n</html>\n`,
		),
	chinese: () => enveloped(200, 1004, '接口不存在', null),
	plain405: () => plain(405, 'text/plain; charset=utf-8', 'Method Not Allowed\n'),
} satisfies Record<string, (request: MissedRequest) => Answer>;

export type MissingRoute = keyof typeof WORDINGS;

export function missingRoute(form: MissingRoute, request: MissedRequest): Answer {
	return WORDINGS[form](request);
}
