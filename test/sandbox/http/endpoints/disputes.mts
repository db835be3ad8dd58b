import type { Dispute, DisputeStatus } from '../../state/disputes.mts';
import { disputeView } from '../../views.mts';
import { refuse } from '../input.mts';
import { byStatusWord, byText, byTime, page, select } from '../listing.mts';
import type { Call, Endpoints } from './endpoint.mts';

const STATUSES: readonly DisputeStatus[] = ['open', 'under_review', 'won', 'lost', 'accepted'];

export const DISPUTE_ENDPOINTS: Endpoints = {
	'/dispute/list': ({ world, account, input }) => {
		const found = select(world.disputes.of(account), [
			byText(input, 'trade_id', ({ order }) => order.tradeId),
			byStatusWord(input, STATUSES),
			byTime(input, ({ createdAt }) => createdAt),
		]);
		return page(input, found, disputeView);
	},

	'/dispute/detail': (call) => disputeView(find(call)),

	'/dispute/respond': (call) => {
		const { world, input } = call;
		const message = input.requiredText('message');
		const evidence = input.texts('evidence_urls');
		const notUrl = evidence.find((url) => !/^https?:\/\//i.test(url) || !URL.canParse(url));
		if (notUrl !== undefined) throw refuse('evidence_urls', 'must be http or https URLs');
		const dispute = find(call);
		world.disputes.respond(dispute, message, evidence);
		return disputeView(dispute);
	},

	'/dispute/accept': (call) => {
		const { world, input } = call;
		input.text('reason');
		const dispute = find(call);
		world.disputes.close(dispute, 'accepted');
		return disputeView(dispute);
	},
};

function find({ world, account, input }: Call): Dispute {
	return world.disputes.find(account, input.requiredText('dispute_id'));
}
