package dev.recount.standalone.architecture.offender.knowing.events;

import org.axonframework.messaging.MetaData;

record KnowingEvent(MetaData metaData) {}
