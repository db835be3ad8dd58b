import { provesRemoveDuplicates } from './removeDuplicates.mts';
import { provesTheShop } from './shop.mts';
import { QueueStage } from './stage.mts';
import { provesTheTrigger } from './trigger.mts';
import { provesVerify } from './verify.mts';
import { provesWaiting } from './wait.mts';

/** One cluster for all: it takes a while to come up. */
describe('With two webhook processors and two workers at the same time', () => {
	let stage: QueueStage;

	beforeAll(async () => (stage = await QueueStage.open()));
	afterAll(async () => await stage?.close());

	const open = () => stage;
	provesTheShop(open);
	provesRemoveDuplicates(open);
	provesTheTrigger(open);
	provesVerify(open);
	provesWaiting(open);
});
