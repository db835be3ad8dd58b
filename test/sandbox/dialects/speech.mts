import type { Answer } from '../http/answer.mts';
import { isInferred } from '../http/endpoints/standing.mts';
import { missingRoute, type MissedRequest, type MissingRoute } from '../http/missingRoute.mts';
import type { Refusal } from '../refusal.mts';
import type { SandboxSettings } from '../settings.mts';
import type { WireObject, WireValue } from '../wire.mts';
import type { Asked, Dialect } from './dialect.mts';
import { findDialects } from './table.mts';

/** The dialects in which a sandbox speaks; none: plainly, as the contract says. */
export class Speech {
	private dialects: readonly Dialect[] = [];
	/** What the settings were before a dialect changed them. */
	private plainSettings: Partial<SandboxSettings> = {};

	constructor(private readonly settings: SandboxSettings) {}

	/**
	 * Speaks in these dialects from now on, and in no others.
	 *
	 * @throws RangeError for a dialect that does not exist
	 */
	use(names: readonly string[]): void {
		const dialects = findDialects(names);
		Object.assign(this.settings, this.plainSettings);
		const changed: Partial<SandboxSettings> = Object.assign(
			{},
			...dialects.map(({ settings }) => settings),
		);
		this.plainSettings = Object.fromEntries(
			Object.keys(changed).map((name) => [name, this.settings[name as keyof SandboxSettings]]),
		);
		Object.assign(this.settings, changed);
		this.dialects = dialects;
	}

	/** What is answered before anything is looked at; `undefined`: what the endpoint answers. */
	instead(asked: Asked, request: MissedRequest): Answer | undefined {
		for (const { instead, missingRoute: form } of this.dialects) {
			const answer =
				form !== undefined && isInferred(asked.endpoint)
					? missingRoute(form, request)
					: instead?.(asked);
			if (answer) return answer;
		}
		return undefined;
	}

	/** The wording for routes that do not exist. */
	get missingRoute(): MissingRoute {
		return this.pick(({ missingRoute: form }) => form)[0] ?? 'envelope404';
	}

	understand(fields: WireObject, endpoint: string): WireObject {
		return this.dialects.reduce(
			(understood, { understand }) => understand?.(understood, endpoint) ?? understood,
			fields,
		);
	}

	refusal(refusal: Refusal): Refusal {
		return this.dialects.reduce((said, dialect) => dialect.refusal?.(said) ?? said, refusal);
	}

	data(data: WireValue, asked: Asked): WireValue {
		const changed = this.pick((dialect) => dialect.data).reduce(
			(said, say) => say(said, asked),
			data,
		);
		return this.values(changed);
	}

	envelope(envelope: WireObject): WireObject {
		return this.pick((dialect) => dialect.envelope).reduce((said, say) => say(said), envelope);
	}

	callback(body: WireObject): WireObject {
		const changed = this.pick(({ callback }) => callback).reduce((said, say) => say(said), body);
		return this.values(changed) as WireObject;
	}

	private values(value: WireValue): WireValue {
		return this.pick((dialect) => dialect.values).reduce((said, say) => say(said), value);
	}

	private pick<T>(member: (dialect: Dialect) => T | undefined): T[] {
		return this.dialects.flatMap((dialect) => member(dialect) ?? []);
	}
}
