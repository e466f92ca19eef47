package dev.recount.standalone.architecture.offender.framed.command.issue;

import org.axonframework.messaging.MetaData;

record FramedDecider(MetaData metaData) {}
