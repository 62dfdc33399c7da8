import { EventEmitter } from 'node:events';

export type EventName = 'message' | 'status' | 'call' | 'delivery' | 'recipients' | 'account' | 'reset';

/** What the phone simulator is told while it is open. */
export class EventHub {
	#emitter = new EventEmitter().setMaxListeners(0);

	emit(event: EventName, data: unknown = {}): void {
		this.#emitter.emit('event', event, data);
	}

	/** Returns a function that ends the subscription. */
	subscribe(listener: (event: EventName, data: unknown) => void): () => void {
		this.#emitter.on('event', listener);
		return () => this.#emitter.off('event', listener);
	}
}
