package dev.recount.command.issue.axon;

import dev.recount.command.issue.IssueCommand;
import dev.recount.command.issue.IssueOutcome.Refused;
import dev.recount.command.issue.Rejection.UnknownIssue;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;

/** Turns Axon's exception for an unknown issue into a rejection. */
final class UnknownIssueInterceptor implements MessageHandlerInterceptor<CommandMessage<?>> {

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
        try {
            return chain.proceed();
        } catch (AggregateNotFoundException e) {
            if (unitOfWork.getMessage().getPayload() instanceof IssueCommand command) {
                return new Refused(new UnknownIssue(command.issueId()));
            }
            throw e;
        }
    }
}
