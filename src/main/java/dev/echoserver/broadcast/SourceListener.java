package dev.echoserver.broadcast;

/** Hears whether broadcasts are arriving. Called on any thread, must not block. */
public interface SourceListener {
    /** Does nothing. */
    SourceListener NONE = new SourceListener() {
        @Override
        public void listening() {}

        @Override
        public void lost(String reason) {}
    };

    /** What Laravel publishes from now on is delivered. */
    void listening();

    /**
     * Nothing is delivered; it is being tried again.
     *
     * @param reason why, in a few words
     */
    void lost(String reason);

    /** One that tells this listener, and then {@code next}. */
    default SourceListener then(SourceListener next) {
        return new SourceListener() {
            @Override
            public void listening() {
                SourceListener.this.listening();
                next.listening();
            }

            @Override
            public void lost(String reason) {
                SourceListener.this.lost(reason);
                next.lost(reason);
            }
        };
    }
}
